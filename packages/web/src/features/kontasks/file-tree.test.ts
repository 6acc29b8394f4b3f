import type { CommitFile } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { fileTree, type TreeNode } from './file-tree.ts';

const file = (path: string): CommitFile => ({ path, status: 'modified', isBinary: false });
const shown = (nodes: readonly TreeNode[]): unknown[] =>
  nodes.map((node) => (node.type === 'file' ? node.name : [node.name, ...shown(node.children)]));

describe('the files of a commit', () => {
  it('[B7] stand in their folders, folders that hold one folder alone on one line', () => {
    const tree = fileTree(
      ['README.md', 'src/app/main.ts', 'src/app/deep/down/x.ts', 'src/app/deep/down/y.ts'].map(file),
    );
    expect(shown(tree)).toEqual([['src/app', ['deep/down', 'x.ts', 'y.ts'], 'main.ts'], 'README.md']);
    expect(fileTree([])).toEqual([]);
  });
});
