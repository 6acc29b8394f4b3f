import type { Plugin } from 'vite';

const OVERVIEW = ['/src/app/home-route.tsx'];
const SESSION = ['/src/session/session-page.tsx', '/src/session/session-parts.ts'];
/** What a conversation needs of what is imported as a whole. */
const OF_SESSION =
  /\/client\/src\/(?:conversation|history)\/|\/protocol\/src\/(?:events|session)\/|\/zod\/|\/protocol\/src\/sniff-type|\/en-(?:session|transcript)\.ts$/;
const OF_BOTH = /\/en-(?:docks|rights|tools)\.ts$/;
/** They only name what is elsewhere: who imports one of them needs little of it. */
const LISTS = /\/(?:client|protocol)\/src\/index\.ts$|\/web\/src\/text\//;
/** Words that the shell and the overview do not say; those of other pages go where they are used. */
const LATER_WORDS = /\/en-(?:approve|kontasks|new-session|notifications|session|settings|transcript|windows)\.ts$/;

/**
 * What is needed together is one file: each file more is a round trip more on a slow network, and compresses worse. These
 * are the shell, the overview and a conversation; everything else is split as it is imported.
 */
export function groupChunks(): { plugin: Plugin; groups: readonly ChunkGroup[] } {
  const ofOverview = new Set<string>();
  const ofSession = new Set<string>();
  const plugin: Plugin = {
    name: 'konui-chunk-groups',
    apply: 'build',
    buildEnd() {
      const all = [...this.getModuleIds()];
      const addReached = (to: Set<string>, names: readonly string[]): void => {
        const found = new Set(all.filter((id) => names.some((name) => id.endsWith(name))));
        // A set goes on over what is added while it is gone through.
        for (const id of found) {
          if (LISTS.test(id)) continue;
          to.add(id);
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
        }
      };
      addReached(ofOverview, OVERVIEW);
      addReached(ofSession, SESSION);
      for (const id of all) if (OF_SESSION.test(id)) ofSession.add(id);
    },
  };
  const isShared = (id: string): boolean => (ofOverview.has(id) && ofSession.has(id)) || OF_BOTH.test(id);
  const groups: readonly ChunkGroup[] = [
    { ...ONLY_THESE, name: 'app', tags: ['$initial'], test: (id) => !LATER_WORDS.test(id), priority: 3 },
    { ...ONLY_THESE, name: 'shared', test: isShared, priority: 2 },
    { ...ONLY_THESE, name: 'overview', test: (id) => ofOverview.has(id), priority: 1 },
    { ...ONLY_THESE, name: 'session', test: (id) => ofSession.has(id), priority: 1 },
  ];
  return { plugin, groups };
}

const ONLY_THESE = { includeDependenciesRecursively: false } as const;

interface ChunkGroup {
  readonly name: string;
  readonly tags?: ['$initial'];
  readonly test: (id: string) => boolean;
  readonly includeDependenciesRecursively: boolean;
  readonly priority: number;
}
