import { describe, expect, it } from 'vitest';
import { ERRORS, isErrorCode, KonuiError, toErrorBody } from './errors.ts';

describe('KonuiError', () => {
  it('[HOST2] is what the table says of its code', () => {
    const error = new KonuiError('STORAGE_FULL', 'The disk is full.');
    expect([error.httpStatus, error.isRetryable]).toEqual([507, true]);
    expect(toErrorBody(error)).toEqual({ error: { code: 'STORAGE_FULL', message: 'The disk is full.' } });
  });

  it('knows its codes and nothing that an object inherits', () => {
    expect(Object.keys(ERRORS).every(isErrorCode)).toBe(true);
    expect(['toString', 'constructor', 7, undefined].some(isErrorCode)).toBe(false);
  });
});
