/** The languages that the worker knows, with the other names that fences and files give them. */
const NAMES = {
  bash: 'sh shell zsh console shellsession',
  cpp: 'c c++ cc cxx h hh hpp hxx ino',
  css: 'scss less',
  diff: 'patch',
  go: 'golang',
  java: 'kotlin kt',
  json: 'jsonc json5 jsonl ndjson webmanifest',
  markdown: 'md mdx',
  python: 'py pyi py3 python3',
  rust: 'rs',
  sql: 'postgres postgresql mysql sqlite',
  typescript: 'ts tsx js jsx mjs cjs mts cts javascript node',
  xml: 'html htm xhtml svg vue xsl plist',
  yaml: 'yml toml ini',
} as const;

export type CodeLanguage = keyof typeof NAMES;

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([language, others]) =>
    [language, ...others.split(' ')].map((name) => [name, language]),
  ),
);

/** The language that a code fence's first word or a file's ending names, if the worker knows it. */
export function codeLanguage(name: string): CodeLanguage | undefined {
  const language = BY_NAME.get(name.trim().toLowerCase());
  return isCodeLanguage(language) ? language : undefined;
}

/** The language of a file, by the ending of its name. */
export function codeLanguageOfPath(path: string): CodeLanguage | undefined {
  return codeLanguage(/\.(\w+)$/.exec(path)?.[1] ?? '');
}

function isCodeLanguage(name: string | undefined): name is CodeLanguage {
  return name !== undefined && Object.hasOwn(NAMES, name);
}
