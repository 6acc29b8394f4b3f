import { build, type Rolldown } from 'vite';

/** Builds a module and all it imports into one script that imports nothing. */
export async function bundleScript(entry: string, define: Record<string, string> = {}): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [chunk] = 'output' in output ? output.output : Array.isArray(output) ? (output[0]?.output ?? []) : [];
  if (!isChunk(chunk)) throw new Error(`${entry} was not built`);
  return chunk.code;
}

function isChunk(file: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): file is Rolldown.OutputChunk {
  return file?.type === 'chunk';
}
