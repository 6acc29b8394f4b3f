// Asks the newest session something and prints the answer: node console-client.mjs "What does this project do?"
const { KONUI_URL = 'http://127.0.0.1:4680', KONUI_TOKEN } = process.env;
const socket = new WebSocket(`${KONUI_URL.replace(/^http/, 'ws')}/api/console/ws?token=${KONUI_TOKEN}`);
socket.onopen = () => socket.send(JSON.stringify({ type: 'prompt', text: process.argv[2] }));
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.type === 'output') process.stdout.write(message.content);
  if (message.type === 'error') socket.close(4000, message.code);
  if (message.type === 'complete') socket.close(1000);
};
socket.onclose = ({ code, reason }) => code === 1000 || process.exit(console.error(`closed: ${code} ${reason}`) ?? 1);
