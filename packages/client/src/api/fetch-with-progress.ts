/**
 * A `fetch` for one upload that tells how many of its bytes have been sent, which browsers tell an XMLHttpRequest alone.
 * Where there is none (Node), it is `fallback`.
 */
export function fetchWithProgress(fallback: typeof fetch, onProgress: (sentBytes: number) => void): typeof fetch {
  if (typeof XMLHttpRequest === 'undefined') return fallback;
  return (target, { method = 'GET', headers, body, signal } = {}) =>
    new Promise<Response>((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      const url = target instanceof Request ? target.url : target.toString();
      const onAbort = (): void => xhr.abort();
      const settle = (end: () => void) => (): void => {
        signal?.removeEventListener('abort', onAbort);
        end();
      };
      xhr.open(method, url);
      for (const [name, value] of new Headers(headers)) xhr.setRequestHeader(name, value);
      xhr.upload.onprogress = ({ loaded }) => onProgress(loaded);
      xhr.onload = settle(() => {
        const answer = new Response(xhr.responseText, { status: xhr.status });
        Object.defineProperty(answer, 'url', { value: url });
        resolve(answer);
      });
      xhr.onerror = settle(() => reject(new TypeError('the upload failed')));
      xhr.onabort = settle(() => reject(signal?.reason ?? new DOMException('the upload was ended', 'AbortError')));
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted === true) xhr.abort();
      xhr.send(body instanceof Blob ? body : null);
    });
}
