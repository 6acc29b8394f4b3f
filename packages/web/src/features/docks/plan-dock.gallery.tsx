import { defineGallery } from '../../gallery/define-gallery.ts';
import { PlanDock } from './plan-dock.tsx';

const plan = (...steps: readonly (readonly [content: string, status: string])[]) =>
  steps.map(([content, status]) => ({ content, status, priority: 'medium' }));
const half = plan(
  ['Read the parser and its tests', 'completed'],
  ['Write a failing test for empty lists', 'completed'],
  ['Fix the printer', 'in_progress'],
  ['Run all tests', 'pending'],
);
const done = half.map((entry) => ({ ...entry, status: 'completed' }));
const long = plan(
  ...Array.from(
    { length: 40 },
    (_, index) =>
      [`Step ${index + 1} ${'of a plan that goes on '.repeat(6)}`, index < 12 ? 'completed' : 'pending'] as const,
  ),
);

export const gallery = defineGallery({
  name: 'plan',
  states: {
    running: () => <PlanDock entries={half} isRunning />,
    opened: () => <PlanDock entries={half} isRunning startsOpen />,
    finished: () => <PlanDock entries={done} isRunning={false} startsOpen />,
    unfinished: () => <PlanDock entries={half} isRunning={false} startsOpen />,
    'not-begun': () => <PlanDock entries={plan(['Read the parser', 'pending'])} isRunning />,
    long: () => <PlanDock entries={long} isRunning startsOpen />,
  },
});
