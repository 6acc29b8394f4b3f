import type { ReactNode } from 'react';
import type { ElicitationItem } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { originText } from '../../ui/origin-text.ts';
import { answerTexts, questionText } from './question-text.ts';

/** How a question was answered, and by whom. */
export function QuestionLine({ item }: { item: ElicitationItem }): ReactNode {
  if (item.resolution === undefined) return null;
  const answers = answerTexts(item);
  return (
    <div className="question-answer" data-testid="question-answer" data-seq={item.key}>
      <p className="line-note">
        <Icon name={item.resolution.action === 'accept' ? 'check' : 'cross'} />
        <span>{questionText(item, originText(item.resolution.by))}</span>
      </p>
      {answers.length > 0 && (
        <ul>
          {answers.map((answer) => (
            <li key={answer}>{answer}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
