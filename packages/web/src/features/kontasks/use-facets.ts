import type { KontaskFacets, KontaskInbox, KontasksApi } from '@konui/client';
import { useEffect, useState } from 'react';

const NONE: KontaskFacets = { types: [], scopes: [], tags: [], targetUsers: [] };

/** What there is to filter and to fill in by; nothing while it is not known: everything works without. */
export function useFacets(api: Pick<KontasksApi, 'facets'>, inbox?: Pick<KontaskInbox, 'subscribe'>): KontaskFacets {
  const [facets, setFacets] = useState(NONE);
  useEffect(() => {
    let isShown = true;
    const ask = (): void => {
      api.facets().then(
        (found) => isShown && setFacets(found),
        () => undefined,
      );
    };
    ask();
    const remove = inbox?.subscribe(ask);
    return () => {
      isShown = false;
      remove?.();
    };
  }, [api, inbox]);
  return facets;
}
