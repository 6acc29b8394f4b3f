import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether certificates can be made here. */
export function findOpenssl(): { available: true } | { available: false; reason: string } {
  const { status } = spawnSync('openssl', ['version'], { stdio: 'ignore' });
  return status === 0 ? { available: true } : { available: false, reason: 'openssl makes the certificate of a proxy' };
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for one host name that signs itself, valid for a day. */
export function createCertificate(hostName: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'konui-test-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const subject = ['-subj', `/CN=${hostName}`, '-addext', `subjectAltName=DNS:${hostName}`];
    const { status, stderr } = spawnSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert]);
    if (status !== 0) throw new Error(`openssl made no certificate: ${stderr.toString()}`);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
