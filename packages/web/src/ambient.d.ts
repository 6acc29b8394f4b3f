/// <reference types="vite/client" />

declare module '*.css';

declare module 'react-dom/client' {
  import type { ReactNode } from 'react';

  export function createRoot(container: Element): { render(node: ReactNode): void; unmount(): void };
}

/** Trusted Types (W3C), which TypeScript's DOM does not have. What a policy gives stands where an address is wanted. */
interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (address: string) => string },
    ): { createScriptURL(address: string): string };
  };
}
