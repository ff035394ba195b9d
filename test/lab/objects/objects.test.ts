import { type Lab, startLab } from '../lab.ts';
import { World } from '../weather/world.ts';
import { Harbour } from './harbour.ts';
import { portForwarding } from './port-forward.ts';
import { readingObjects } from './reading.ts';
import { shells } from './shell.ts';

describe('what is done with single objects of a real cluster', function () {
  this.timeout('20m');
  let lab: Lab;
  let world: World;
  let harbour: Harbour;

  before(async () => {
    lab = await startLab({ parts: [] });
    world = await World.of(lab);
    harbour = await Harbour.open(lab);
  });
  afterEach(() => world.clear());
  after(async () => {
    harbour.close();
    await lab.close();
  });

  const [theWorld, theHarbour] = [() => world, () => harbour];
  describe('reading it', () => readingObjects(theWorld, theHarbour));
  describe('a shell in a container', () => shells(theWorld, theHarbour));
  describe('forwarding a port', () => portForwarding(theWorld, theHarbour));
});
