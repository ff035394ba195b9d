import { type Lab, startLab } from '../lab.ts';
import { accessWeather } from './access.ts';
import { connectionWeather } from './connections.ts';
import { HalfOpen } from './half-open.ts';
import { kubeconfigWeather } from './kubeconfigs.ts';
import { objectWeather } from './objects.ts';
import { restartWeather } from './restarts.ts';
import { World } from './world.ts';

describe('bad weather at a real cluster', function () {
  this.timeout('20m');
  let lab: Lab;
  let world: World;
  let halfOpen: HalfOpen;

  before(async () => {
    lab = await startLab({ parts: [] });
    world = await World.of(lab);
    halfOpen = await HalfOpen.begin(lab);
  });
  afterEach(() => world.clear());
  after(async () => {
    await halfOpen.close();
    await lab.close();
  });

  describe('access', () => accessWeather(() => world));
  describe('kubeconfigs', () => kubeconfigWeather(() => world));
  describe('objects', () => objectWeather(() => world));
  describe('connections', () => {
    connectionWeather(() => world);
    it('a half-open connection is noticed within 30 s, and overcome', () => halfOpen.isNoticedAndOvercome());
    restartWeather(() => world);
  });
});
