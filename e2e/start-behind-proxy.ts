import { type FaultProxy, type RunningKonui, startFaultProxy, startKonui } from '@konui/testing';

/** A Konui, and a proxy before it whose connections a test may break. */
export interface KonuiBehindProxy {
  readonly konui: RunningKonui;
  readonly proxy: FaultProxy;
  /** The proxy's. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** `host` is what the browser calls the proxy. */
export async function startBehindProxy({
  host = '127.0.0.1',
  env = {},
}: { host?: string; env?: Record<string, string> } = {}): Promise<KonuiBehindProxy> {
  const proxy = await startFaultProxy();
  const origin = `http://${host}:${proxy.port}`;
  const konui = await startKonui({
    flags: ['--allowed-hosts', `${host}:${proxy.port}`, '--allowed-origins', origin],
    env,
  });
  proxy.setTarget(Number(new URL(konui.url).port));
  const close = async (): Promise<void> => {
    await konui.close();
    await proxy.close();
  };
  return { konui, proxy, origin, close };
}
