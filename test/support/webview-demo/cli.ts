// Shows the webviews in any browser, on scripted data: node test/support/webview-demo/cli.ts [port]
import { startDemo } from './server.ts';
import { demoSessions } from './sessions.ts';

const demo = await startDemo(demoSessions().open, Number(process.argv[2] ?? 0));
process.stdout.write(`${demo.url}/chart?scene=live&theme=dark&lang=en\n`);
process.on('SIGINT', () => void demo.close());
