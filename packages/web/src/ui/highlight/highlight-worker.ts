import type { HighlightRequest } from './highlighter.ts';
import { createTokenizer } from './tokenize.ts';

const tokenize = createTokenizer();

addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => {
  const tokens = tokenize(data.text, data.language);
  postMessage(tokens, { transfer: [tokens.buffer] });
});
