/** One server-sent event (WHATWG HTML, section 9.2.6), as far as the gateway uses them. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/** Cuts a stream's text into events; to be fed piece by piece. A comment, or an event without data, is none. */
export function createSseReader(): (text: string) => StreamEvent[] {
  /** Of a line that is not complete. */
  let rest = '';
  let event = 'message';
  let data: string[] = [];

  const readLine = (line: string): StreamEvent | undefined => {
    if (line === '') {
      const found = data.length === 0 ? undefined : { event, data: data.join('\n') };
      event = 'message';
      data = [];
      return found;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') data.push(value);
    if (field === 'event') event = value;
    return undefined;
  };

  return (text) => {
    const events: StreamEvent[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = rest + text.slice(start, end);
      rest = '';
      start = end + 1;
      const found = readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (found !== undefined) events.push(found);
    }
    rest += text.slice(start);
    return events;
  };
}
