import type { CommitFile } from '@konui/protocol';

export type TreeNode =
  | { readonly type: 'folder'; readonly name: string; readonly children: readonly TreeNode[] }
  | { readonly type: 'file'; readonly name: string; readonly file: CommitFile };

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly file: CommitFile }[];
}

/** The files by their folders; a folder that holds nothing but another one stands on one line with it. */
export function fileTree(files: readonly CommitFile[]): readonly TreeNode[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    const names = file.path.split('/');
    const name = names.pop() ?? file.path;
    let folder = root;
    for (const each of names) {
      const next: Folder = folder.folders.get(each) ?? { folders: new Map(), files: [] };
      folder.folders.set(each, next);
      folder = next;
    }
    folder.files.push({ name, file });
  }
  return childrenOf(root);
}

function childrenOf({ folders, files }: Folder): readonly TreeNode[] {
  return [
    ...[...folders].map(([name, folder]) => toNode(name, folder)),
    ...files.map((each): TreeNode => ({ type: 'file', ...each })),
  ];
}

function toNode(name: string, folder: Folder): TreeNode {
  const [only] = folder.folders;
  if (folder.files.length === 0 && folder.folders.size === 1 && only !== undefined)
    return toNode(`${name}/${only[0]}`, only[1]);
  return { type: 'folder', name, children: childrenOf(folder) };
}
