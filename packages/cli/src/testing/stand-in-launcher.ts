// The konui command with stand-ins for the programs that it starts.
import { fileURLToPath } from 'node:url';
import { environmentOfParts } from '../config.ts';
import { ExitError } from '../exit-error.ts';
import { listenToSignals } from '../interrupts.ts';
import { restart } from '../restart.ts';
import { start } from '../start.ts';
import { flagOf } from './stand-in.ts';

const home = flagOf('--home');
const programs = {
  cli: fileURLToPath(import.meta.url),
  konsole: fileURLToPath(new URL('stand-in-konsole.ts', import.meta.url)),
  konui: fileURLToPath(new URL('stand-in-konui.ts', import.meta.url)),
};
const port = process.argv.includes('--port') ? Number(flagOf('--port')) : 0;
const options = { port, host: '127.0.0.1', logLevel: 'info', opensBrowser: false, gatewayFlags: [] };
const print = (line: string) => void process.stdout.write(`${line}\n`);
const say = (message: string) => void process.stderr.write(`${message}\n`);
const env = environmentOfParts(process.env);

try {
  if (process.argv[2] === 'restart') {
    await restart(home, { programs, env, fallback: options, print });
    process.exit(0);
  }
  const { interrupts } = listenToSignals(process);
  process.exit(await start(home, options, { programs, env, interrupts, print, say, openBrowser: () => undefined }));
} catch (error) {
  if (!(error instanceof ExitError)) throw error;
  say(error.message);
  process.exit(error.exitCode);
}
