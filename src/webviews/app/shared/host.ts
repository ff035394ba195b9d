import { setBundle } from '../../../core/l10n.ts';
import type { Init } from '../../contract/common.ts';
import { dispatch, type Handlers, type Message, type MessageMap, type Send } from '../../contract/message.ts';
import { setLanguage } from './format.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The page's end of the contract. */
export interface Host<ToHost extends MessageMap> {
  readonly send: Send<ToHost>;
  /** What the page remembers of itself while hidden, and what the panel is restored from. */
  remember(state: object): void;
  recall(): Readonly<Record<string, unknown>>;
}

/** Connects the page. Only this window's own host can post to it: VS Code's frame lets nobody else in. */
export function connect<ToView extends MessageMap, ToHost extends MessageMap>(
  handlers: Handlers<ToView>,
): Host<ToHost> {
  const api = acquireVsCodeApi();
  addEventListener('message', (event: MessageEvent<Message<ToView>>) => {
    void dispatch(handlers, event.data);
  });
  const recall = () => {
    const state = api.getState();
    return typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {};
  };
  return {
    send: (type, body) => api.postMessage({ type, body }),
    remember: (state) => api.setState({ ...recall(), ...state }),
    recall,
  };
}

/** What every page does with its first message. */
export function settle(init: Init<unknown>): void {
  setBundle(init.bundle);
  setLanguage(init.language);
  document.documentElement.lang = init.language;
}
