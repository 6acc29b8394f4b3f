// KONUI_TOKEN=… node ask.mjs demo "What is here?": asks an agent in a new session, through the SDK; npm install @konui/client
import { createApi, createConnection, createConversation, reduceConversation, textOfBlock } from '@konui/client';

const { KONUI_URL: baseUrl = 'http://127.0.0.1:4680', KONUI_TOKEN: token = '' } = process.env;
const [provider = 'demo', question = '/help'] = process.argv.slice(2);

const api = createApi({ baseUrl, token });
const { sessionId } = await api.sessions.create({ provider, projectPath: process.cwd() });
const getTicket = async (signal) => (await api.createTicket(signal)).ticket;
const connection = createConnection({ url: `${baseUrl}/ws`, getTicket });

let conversation = createConversation();
connection.subscribe(sessionId, {
  onEvent(event) {
    conversation = reduceConversation(conversation, event);
    if (event.kind === 'complete') end();
  },
});
connection.connect();
connection.send(sessionId, question);

function end() {
  const answers = conversation.items.filter((item) => item.type === 'message');
  for (const { content } of answers) console.log(content.map(textOfBlock).join(''));
  connection.close();
}
