import { createApi, createConsole, type ConsoleSocket } from '@konui/client';

/** What a page keeps over a reload. */
interface Kept {
  readonly output: string;
  readonly prompts: number;
  readonly ends: readonly string[];
  readonly cursor: ConsoleSocket['cursor'];
}

const settings = new URLSearchParams(location.hash.slice(1));
const api = createApi({ baseUrl: location.origin, getToken: () => settings.get('token') ?? undefined });
let kept: Kept = JSON.parse(sessionStorage.getItem('kept') ?? '{"output":"","prompts":0,"ends":[]}');

/** As parts of a page would that know nothing of each other. */
const [one] = Array.from({ length: 5 }, () => {
  const socket = createConsole({
    url: `${location.origin}/api/console/ws`,
    getTicket: async () => (await api.createTicket()).ticket,
    session: settings.get('session') ?? '',
    ...(kept.cursor === undefined ? {} : { after: kept.cursor }),
  });
  for (let calls = 0; calls < 3; calls += 1) socket.connect();
  return socket;
});
if (one === undefined) throw new Error('unreachable');
const socket = one;

function keep(change: Partial<Kept>): void {
  kept = { ...kept, ...change, cursor: socket.cursor };
  sessionStorage.setItem('kept', JSON.stringify(kept));
  const { dataset } = document.body;
  dataset['accepted'] = String(kept.prompts);
  dataset['ends'] = kept.ends.join(' ');
  find('output', HTMLElement).textContent = kept.output;
}

function find<Found extends HTMLElement>(id: string, type: new () => Found): Found {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}

const allow = find('allow', HTMLButtonElement);
let requestId = '';
let losses = 0;

socket.onState(({ state }) => {
  if (state === 'waiting') losses += 1;
  document.body.dataset['state'] = state;
  document.body.dataset['losses'] = String(losses);
});
socket.onMessage('output', ({ content }) => keep({ output: kept.output + content }));
socket.onMessage('complete', ({ stopReason }) => keep({ ends: [...kept.ends, stopReason] }));
socket.onMessage('permission_request', (request) => {
  requestId = request.requestId;
  allow.hidden = false;
});
socket.onMessage('status', (status) => {
  if (status.requestId === requestId) allow.hidden = true;
});
allow.addEventListener('click', () => socket.permission(requestId, { allow: true }));
find('stop', HTMLButtonElement).addEventListener('click', () => socket.cancel());
document.querySelector('form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const [field] = document.getElementsByTagName('input');
  if (field === undefined) return;
  void socket.prompt(field.value).settled.then(({ state }) => {
    if (state === 'accepted') keep({ prompts: kept.prompts + 1 });
  });
  field.value = '';
});
keep({});
