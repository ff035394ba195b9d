import { systemClock } from '../../../src/core/clock.ts';
import type { Remedy } from '../../../src/core/errors.ts';
import { type Bundle, setBundle } from '../../../src/core/l10n.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { ChartData } from '../../../src/domain/metrics/model.ts';
import { ActionSession } from '../../../src/webviews/panels/action-session.ts';
import { ChartSession } from '../../../src/webviews/panels/chart-session.ts';
import { LogsSession } from '../../../src/webviews/panels/logs-session.ts';
import type { LogsPersisted } from '../../../src/webviews/contract/logs.ts';
import type { Session } from '../../../src/webviews/panels/session.ts';
import { type ActionScene, actionScenes } from './action-scenes.ts';
import { chartScenes, cpuOf, scriptedSource } from './chart-scenes.ts';
import { followScene, loggedObject } from './log-scenes.ts';
import { ScriptedModel } from './scripted-model.ts';
import type { OpenSession } from './server.ts';

export interface DemoSessions {
  readonly open: OpenSession;
  /** What would have left the page: saved files, URLs, commands. */
  readonly left: string[];
  /** The models of the action pages that were opened, in their order. */
  readonly models: ScriptedModel[];
  readonly charts: ChartSession[];
}

/** The real sessions on scripted data. */
export function demoSessions(bundles: Readonly<Record<string, Bundle>> = {}): DemoSessions {
  const left: string[] = [];
  const models: ScriptedModel[] = [];
  const charts: ChartSession[] = [];
  const note = (what: string) => {
    left.push(what);
    return Promise.resolve();
  };
  const common = {
    clock: systemClock,
    log: silentLogger,
    openUrl: (url: string) => note(`url ${url}`),
    openAction: (planId: string) => note(`action ${planId}`),
    openLog: () => void note('log'),
    runRemedy: async ({ kind }: Remedy, retry: () => void) => {
      await note(`remedy ${kind}`);
      if (kind === 'signInGitHub') retry();
    },
    saveCsv: (data: ChartData) => note(`csv ${data.title}`),
    copy: (text: string) => note(`copied ${text}`),
    save: (name: string, text: string) => note(`saved ${name}: ${text}`),
    savePng: (_: ChartData, png: Uint8Array) => note(`png ${Buffer.from(png.subarray(1, 4)).toString()}`),
  };
  const open: OpenSession = (view, scene, send, language): Session => {
    setBundle(bundles[language]);
    const ports = { ...common, send, language };
    if (view === 'action') {
      const model = modelOf(scene);
      models.push(model);
      return new ActionSession(model.state?.plan.id ?? 'jv-unknown', model, ports);
    }
    if (view === 'logs') {
      const follow = (about: LogsPersisted) => followScene(scene, about, systemClock);
      return new LogsSession({ object: loggedObject, previous: false }, { ...ports, follow });
    }
    const source = scriptedSource(scene);
    const chart = new ChartSession(
      { subject, range: { last: 3 * 3600 } },
      { ...ports, sources: () => Promise.resolve([source]) },
    );
    charts.push(chart);
    return chart;
  };
  return { open, left, models, charts };
}

const subject = {
  kind: 'alarm',
  alarm: { arn: 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:front-end-cpu', scope: 'prod' },
  name: 'front-end-cpu',
} as const;

function modelOf(scene: string): ScriptedModel {
  if (!Object.hasOwn(actionScenes, scene)) return new ScriptedModel(undefined);
  const state = actionScenes[scene as ActionScene](Date.now());
  const range = { last: 1800 };
  const drawn = scene === 'hostile' ? chartScenes.hostile(range) : cpuOf(range, 15);
  return new ScriptedModel(state, state.ticks.length > 0 || scene === 'hostile' ? drawn : undefined);
}
