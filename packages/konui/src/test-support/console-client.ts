import { ConsoleServerMessage } from '@konui/protocol';
import { WsClient } from './ws-client.ts';

export type MessageOf<Type extends ConsoleServerMessage['type']> = Extract<ConsoleServerMessage, { type: Type }>;

/** A client of the console socket; every message that comes has to fit the protocol. */
export class ConsoleClient extends WsClient {
  /** Resolves when the server's first message has arrived. */
  override async opened(): Promise<this> {
    await this.until(() => this.frames.length > 0, 'the first message');
    return this;
  }

  get messages(): ConsoleServerMessage[] {
    return this.frames.map(({ json }) => ConsoleServerMessage.parse(json));
  }

  all<Type extends ConsoleServerMessage['type']>(type: Type): MessageOf<Type>[] {
    return this.messages.filter((message): message is MessageOf<Type> => message.type === type);
  }

  /** The first message of this type, now or later, that fits. */
  async message<Type extends ConsoleServerMessage['type']>(
    type: Type,
    fits: (message: MessageOf<Type>) => boolean = () => true,
  ): Promise<MessageOf<Type>> {
    await this.until(() => this.all(type).some(fits), `a message ${type}`);
    const found = this.all(type).find(fits);
    if (found === undefined) throw new Error(`no message ${type}`);
    return found;
  }

  /** Types and the fields that tell them apart, in the order in which they came. */
  get outline(): string[] {
    return this.messages.map((message) => {
      if (message.type === 'status') return `status ${message.state}`;
      if (message.type === 'error') return `error ${message.code}`;
      return message.type;
    });
  }
}
