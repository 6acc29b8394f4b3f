import type { ReactNode } from 'react';
import { Link, Route, Switch } from 'wouter';
import * as en from '../text/en.ts';
import type { Gallery } from './define-gallery.ts';
import { allGalleries } from './galleries.ts';

/** `/dev/gallery`: every component in every state. It needs no sign-in and no gateway. */
export function GalleryPage(): ReactNode {
  const galleries = allGalleries();
  return (
    <Switch>
      <Route path="/dev/gallery/:name/:state">
        {({ name, state }) => <State gallery={galleries.find((each) => each.name === name)} state={state} />}
      </Route>
      <Route path="/dev/gallery/:name">
        {({ name }) => <States gallery={galleries.find((each) => each.name === name)} />}
      </Route>
      <Route>
        <Index galleries={galleries} />
      </Route>
    </Switch>
  );
}

function Index({ galleries }: { galleries: readonly Gallery[] }): ReactNode {
  return (
    <main className="gallery">
      <h1>{en.gallery.title}</h1>
      {galleries.map((gallery) => (
        <section key={gallery.name}>
          <h2>
            {gallery.isAlone === true ? (
              gallery.name
            ) : (
              <Link href={`/dev/gallery/${gallery.name}`}>{gallery.name}</Link>
            )}
          </h2>
          <ul>
            {Object.keys(gallery.states).map((state) => (
              <li key={state}>
                <Link
                  href={`/dev/gallery/${gallery.name}/${state}`}
                  data-gallery={gallery.name}
                  data-alone={gallery.isAlone === true}
                  data-state={state}
                >
                  {state}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

function States({ gallery }: { gallery: Gallery | undefined }): ReactNode {
  if (gallery === undefined) return <NotFound />;
  return (
    <main className="gallery">
      <h1>{gallery.name}</h1>
      {Object.entries(gallery.states).map(([name, Draw]) => (
        <section key={name} aria-label={name} data-gallery-state={name}>
          <h2>{name}</h2>
          <div className="gallery-frame">
            <Draw />
          </div>
        </section>
      ))}
    </main>
  );
}

function State({ gallery, state }: { gallery: Gallery | undefined; state: string }): ReactNode {
  const Draw = gallery?.states[state];
  if (Draw === undefined) return <NotFound />;
  if (gallery?.isAlone === true) return <Draw />;
  return (
    <main className="gallery" aria-label={state}>
      <h1 className="visually-hidden">{state}</h1>
      <Draw />
    </main>
  );
}

function NotFound(): ReactNode {
  return (
    <main className="gallery">
      <h1>{en.gallery.notFound}</h1>
      <Link href="/dev/gallery">{en.gallery.title}</Link>
    </main>
  );
}
