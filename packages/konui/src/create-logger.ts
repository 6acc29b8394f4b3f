import pino, { type DestinationStream, type Logger } from 'pino';

/** Whatever object is logged, these fields of it are not (SPEC ACC2). Paths are logged without their query. */
const SECRET_FIELDS = ['token', 'ticket', 'authorization', 'cookie', 'url', 'headers', 'req', 'request'];

/** Lines of JSON. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]);
  return pino(
    { level, base: { part: 'konui' }, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, remove: true } },
    destination,
  );
}
