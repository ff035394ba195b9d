// Stands in for VS Code's own acquireVsCodeApi in a plain browser: messages go through the demo's server, state into
// the tab's session storage (as VS Code's does, it survives a reload).
globalThis.acquireVsCodeApi = () => {
  const key = `state ${location.pathname}`;
  const page = crypto.randomUUID();
  const query = new URLSearchParams(location.search);
  query.set('page', page);
  query.set('view', location.pathname.slice(1));
  const events = new EventSource(`/events?${query}`);
  const opened = new Promise((resolve) => events.addEventListener('open', resolve, { once: true }));
  events.addEventListener('message', (event) => window.postMessage(JSON.parse(event.data), '*'));
  addEventListener('pagehide', () => events.close());
  return {
    async postMessage(message) {
      await opened;
      await fetch(`/message?page=${page}`, { method: 'POST', body: JSON.stringify(message) });
    },
    getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem(key, JSON.stringify(state)),
  };
};
