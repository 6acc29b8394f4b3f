// node packages/testing/src/fake-model/main.ts [port]: a fake model to try agents against by hand.
import { argv, stdout } from 'node:process';
import { startFakeModel } from './fake-model.ts';

const model = await startFakeModel({ port: Number(argv[2] ?? 8787) });
stdout.write(`Fake model: ${model.url}\n`);
