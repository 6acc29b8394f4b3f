/** WebSocket close codes that Konui uses (RFC 6455 section 7.4; 4000–4999 are private). */
export const CLOSE_CODES = {
  goingAway: 1001,
  frameTooLarge: 1009,
  restart: 1012,
  unauthorized: 4401,
  stale: 4408,
} as const;

interface ErrorKind {
  /** Status of the HTTP answer. */
  readonly httpStatus: number;
  /** Close code of the socket; absent where the socket stays open. */
  readonly closeCode?: number;
  /** The same request may succeed later without change. */
  readonly retryable: boolean;
}

/** Every error that crosses a process: code → HTTP status → close code → may retry. */
export const ERRORS = {
  INVALID_JSON: { httpStatus: 400, retryable: false },
  INVALID_MESSAGE: { httpStatus: 400, retryable: false },
  UNKNOWN_MESSAGE_TYPE: { httpStatus: 400, retryable: false },
  FRAME_TOO_LARGE: { httpStatus: 413, closeCode: CLOSE_CODES.frameTooLarge, retryable: false },
  ATTACHMENT_TYPE: { httpStatus: 415, retryable: false },
  ATTACHMENT_TOO_LARGE: { httpStatus: 413, retryable: false },
  UNAUTHORIZED: { httpStatus: 401, closeCode: CLOSE_CODES.unauthorized, retryable: false },
  FORBIDDEN: { httpStatus: 403, retryable: false },
  LAST_FULL_TOKEN: { httpStatus: 409, retryable: false },
  HOST_NOT_ALLOWED: { httpStatus: 421, retryable: false },
  ORIGIN_NOT_ALLOWED: { httpStatus: 403, retryable: false },
  NOT_FOUND: { httpStatus: 404, retryable: false },
  SESSION_NOT_FOUND: { httpStatus: 404, retryable: false },
  ATTACHMENT_NOT_FOUND: { httpStatus: 404, retryable: false },
  SESSION_GONE: { httpStatus: 410, retryable: false },
  UNSUPPORTED_PROVIDER: { httpStatus: 400, retryable: false },
  PROJECT_NOT_FOUND: { httpStatus: 400, retryable: false },
  AGENTS_FILE_INVALID: { httpStatus: 500, retryable: false },
  AGENT_NOT_INSTALLED: { httpStatus: 500, retryable: false },
  AGENT_INSTALL_FAILED: { httpStatus: 500, retryable: true },
  AGENT_START_FAILED: { httpStatus: 500, retryable: true },
  AGENT_EXITED: { httpStatus: 500, retryable: true },
  AGENT_AUTH_REQUIRED: { httpStatus: 500, retryable: false },
  AGENT_PROTOCOL: { httpStatus: 500, retryable: false },
  AGENT_ERROR: { httpStatus: 500, retryable: true },
  AGENT_CONTEXT_LOST: { httpStatus: 500, retryable: false },
  LIMIT_REACHED: { httpStatus: 429, retryable: true },
  RUN_INTERRUPTED: { httpStatus: 500, retryable: true },
  CURSOR_AHEAD: { httpStatus: 409, retryable: false },
  CURSOR_GONE: { httpStatus: 409, retryable: false },
  NO_ACTIVE_RUN: { httpStatus: 409, retryable: false },
  PERMISSION_NOT_FOUND: { httpStatus: 409, retryable: false },
  ELICITATION_NOT_FOUND: { httpStatus: 409, retryable: false },
  QUEUE_CHANGED: { httpStatus: 409, retryable: false },
  PROMPT_NOT_QUEUED: { httpStatus: 409, retryable: false },
  OPTION_NOT_FOUND: { httpStatus: 400, retryable: false },
  KONTASK_NOT_FOUND: { httpStatus: 404, retryable: false },
  /** Somebody else changed it since: `If-Match` names an older version. */
  KONTASK_CHANGED: { httpStatus: 412, retryable: false },
  /** Its status allows no such step: claimed by another, done already. */
  KONTASK_STATE: { httpStatus: 409, retryable: false },
  CHOICE_NOT_FOUND: { httpStatus: 404, retryable: false },
  /** No session can be told from the kontask: the request has to name one. */
  SESSION_REQUIRED: { httpStatus: 409, retryable: false },
  COMMIT_NOT_FOUND: { httpStatus: 404, retryable: false },
  REPOSITORY_UNKNOWN: { httpStatus: 409, retryable: false },
  /** Injected prompts go round in circles. */
  INJECT_LOOP: { httpStatus: 409, retryable: false },
  IDEMPOTENCY_CONFLICT: { httpStatus: 409, retryable: false },
  RUNNER_NOT_RESPONDING: { httpStatus: 503, retryable: true },
  HOST_UNREACHABLE: { httpStatus: 503, retryable: true },
  STORAGE_FULL: { httpStatus: 507, retryable: true },
  STORAGE_FAILED: { httpStatus: 500, retryable: false },
  TOO_MANY: { httpStatus: 429, retryable: true },
  INTERNAL_ERROR: { httpStatus: 500, retryable: true },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** An expected failure that crosses a boundary. `detail` says what, which, and what to do next; it never holds a secret. */
export class KonuiError extends Error {
  readonly code: ErrorCode;
  /** In whole seconds, where it is known; the detail says the same. */
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, detail: string, options?: { cause?: unknown; retryAfterS?: number }) {
    super(detail, options);
    this.name = 'KonuiError';
    this.code = code;
    this.retryAfterS = options?.retryAfterS;
  }

  get httpStatus(): number {
    return ERRORS[this.code].httpStatus;
  }

  get isRetryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** The body of every HTTP error: `{"error": {"code", "message"}}`. */
export function toErrorBody(error: KonuiError): { error: { code: ErrorCode; message: string } } {
  return { error: { code: error.code, message: error.message } };
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
