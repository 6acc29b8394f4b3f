import { describe, expect, it } from 'vitest';
import { imageProblem } from './image-attachment.ts';

const MEGABYTE = 1024 * 1024;
const image = (size: number, type = 'image/png') => ({ name: 'shot.png', type, size });

describe('imageProblem', () => {
  it('takes the image types that agents take', () => {
    expect(imageProblem(image(1000), 0)).toBeUndefined();
    expect(imageProblem(image(1000, 'image/webp'), 0)).toBeUndefined();
  });

  it('refuses other types by name', () => {
    expect(imageProblem({ name: 'a.svg', type: 'image/svg+xml', size: 10 }, 0)).toBe(
      'a.svg is no PNG, JPEG, GIF or WebP image.',
    );
  });

  it('refuses an image over 20 MB', () => {
    expect(imageProblem(image(21 * MEGABYTE), 0)).toBe('shot.png is larger than 20 MB.');
  });

  it('refuses what would make the whole prompt larger than a frame', () => {
    expect(imageProblem(image(10 * MEGABYTE), 15 * MEGABYTE)).toContain('All images together');
  });
});
