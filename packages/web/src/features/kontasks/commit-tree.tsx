import type { ReactNode } from 'react';
import type { CommitFile } from '@konui/protocol';
import { Icon } from '../../ui/icon.tsx';
import { showControls } from '../../ui/show-controls.ts';
import { FileCounts } from './commit-file.tsx';
import type { TreeNode } from './file-tree.ts';

interface CommitTreeProps {
  readonly nodes: readonly TreeNode[];
  readonly onPick: (file: CommitFile) => void;
}

/** The changed files by their folders; a press leads to the change. */
export function CommitTree({ nodes, onPick }: CommitTreeProps): ReactNode {
  return (
    <ul className="commit-tree">
      {nodes.map((node) =>
        node.type === 'folder' ? (
          <li key={`${node.name}/`}>
            <span className="commit-tree-folder soft">
              <Icon name="folder" />
              <bdi>{showControls(node.name)}</bdi>
            </span>
            <CommitTree nodes={node.children} onPick={onPick} />
          </li>
        ) : (
          <li key={node.name}>
            <button type="button" className="commit-tree-file" onClick={() => onPick(node.file)}>
              <Icon name="file" />
              <bdi>{showControls(node.name)}</bdi>
              <FileCounts file={node.file} />
            </button>
          </li>
        ),
      )}
    </ul>
  );
}
