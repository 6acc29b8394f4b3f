#!/usr/bin/env node
import { extname, join } from 'node:path';
import { VERSION } from '@konui/protocol';
import { environmentOfParts, parseCommandLine } from './config.ts';
import type { CommandLine } from './config.ts';
import { EXIT_CODES, ExitError, formatError, toErrorBody } from './exit-error.ts';
import { helpText } from './help.ts';
import { listenToSignals } from './interrupts.ts';
import { browserOpener, openBrowser } from './open-browser.ts';
import { restart } from './restart.ts';
import { start } from './start.ts';
import { formatStatus, isReady, readStatus } from './status.ts';
import { ownSession } from './talk/own-session.ts';
import { readInput } from './talk/read-input.ts';
import { parseTalkCommandLine, type TalkCommandLine } from './talk/talk-command-line.ts';
import { stop } from './stop.ts';

/** TypeScript in a clone, JavaScript in the published package, in the same places. */
const program = (folder: string): string => join(import.meta.dirname, folder, `main${extname(import.meta.filename)}`);
const programs = { cli: program('.'), konsole: program('../../konsole/src'), konui: program('../../konui/src') };
const print = (line: string) => void process.stdout.write(`${line}\n`);
const say = (message: string) =>
  void process.stderr.write(/^kon(ui|sole): /.test(message) ? `${message}\n` : `konui: ${message}\n`);

// The terminal may be gone before the launcher is (EIO), or the reader of a pipe (EPIPE); the parts are still to be ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exit(await main());

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  try {
    const talkLine = parseTalkCommandLine(args, process.env);
    if (talkLine?.command === 'help') {
      print(helpText(talkLine.topic));
      return 0;
    }
    if (talkLine !== undefined) return await talk(talkLine);
    return await runCommand(parseCommandLine(args, process.env));
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    if (wantsJson(args)) process.stderr.write(`${JSON.stringify(toErrorBody(error))}\n`);
    else say(formatError(error));
    return error.exitCode;
  }
}

/** Asked of the bare arguments, because those that are not understood are an error too. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).includes('--json');
}

async function talk(line: TalkCommandLine): Promise<number> {
  // Its library is not small, and starting and stopping need none of it.
  const { runTalk } = await import('./talk/run-talk.ts');
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  return runTalk(line, {
    print,
    write: (text) => void process.stdout.write(text),
    say,
    readInput: () => readInput(process.stdin),
    cwd: process.cwd(),
    ownSession: ownSession(process.env),
    signal: interrupted.signal,
  });
}

async function runCommand(line: CommandLine): Promise<number> {
  const env = environmentOfParts(process.env);
  switch (line.command) {
    case 'help':
      print(helpText(line.topic));
      return 0;
    case 'version':
      print(VERSION);
      return 0;
    case 'start': {
      const { interrupts, close } = listenToSignals(process);
      const opener = line.options.opensBrowser ? browserOpener(process.env, process.platform) : undefined;
      const onFailure = (error: Error) => say(`the browser could not be opened: ${error.message}`);
      const open = (link: string) => {
        if (opener !== undefined) openBrowser(opener, link, onFailure);
      };
      const code = await start(line.home, line.options, { programs, env, interrupts, print, say, openBrowser: open });
      close();
      return code;
    }
    case 'stop':
      await stop(line.home, print);
      return 0;
    case 'restart':
      await restart(line.home, { programs, env, fallback: line.fallback, print });
      return 0;
    case 'status': {
      const status = await readStatus(line.home);
      print(line.asJson ? JSON.stringify(status, null, 2) : formatStatus(status));
      return isReady(status) ? 0 : EXIT_CODES.notRunning;
    }
  }
}
