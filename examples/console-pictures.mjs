// Asks about pictures and saves those of the answer: node console-pictures.mjs "What is wrong here?" screenshot.png
import { readFileSync, writeFileSync } from 'node:fs';

const { KONUI_URL = 'http://127.0.0.1:4680', KONUI_TOKEN } = process.env;
const [text, ...files] = process.argv.slice(2);
const url = `${KONUI_URL.replace(/^http/, 'ws')}/api/console/ws?token=${KONUI_TOKEN}&images=binary`;
const socket = new WebSocket(url);
socket.binaryType = 'arraybuffer';
/** Names for the binary frames that come next. */
const names = [];

socket.onopen = () => {
  for (const file of files) socket.send(readFileSync(file));
  socket.send(JSON.stringify({ type: 'prompt', text }));
};
socket.onmessage = ({ data }) => {
  if (typeof data !== 'string') return writeFileSync(names.shift(), Buffer.from(data));
  const { type, content, code, images = [] } = JSON.parse(data);
  for (const image of images.filter(({ follows }) => follows)) names.push(`${image.attachment.slice(0, 12)}.png`);
  if (type === 'output') process.stdout.write(content);
  if (type === 'error') socket.close(4000, code);
  if (type === 'complete') socket.close(1000);
};
socket.onclose = ({ code, reason }) => {
  if (code === 1000) return;
  console.error(`closed: ${code} ${reason}`);
  process.exitCode = 1;
};
