/** The folders inside a folder, as the gateway lists them. */
export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly isGitRepository: boolean;
  readonly folders: readonly { readonly name: string; readonly path: string; readonly isGitRepository: boolean }[];
}

export type ListFolders = (path: string | undefined) => Promise<FolderListing>;

/** Hidden folders are rarely projects: they come last. */
export function hiddenLast(folders: FolderListing['folders']): FolderListing['folders'] {
  const isHidden = ({ name }: { name: string }): boolean => name.startsWith('.');
  return [...folders.filter((folder) => !isHidden(folder)), ...folders.filter(isHidden)];
}

/** What to list and filter by while a path is being typed: "/home/me/pro" is "/home/me" and "pro". */
export function completionOf(typed: string): { readonly folder: string; readonly begins: string } | undefined {
  const cut = typed.lastIndexOf('/');
  if (!typed.startsWith('/')) return undefined;
  return { folder: cut === 0 ? '/' : typed.slice(0, cut), begins: typed.slice(cut + 1) };
}
