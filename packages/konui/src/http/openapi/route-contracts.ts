import { ACCESS_CONTRACTS } from './access-contracts.ts';
import { KONTASK_CONTRACTS } from './kontask-contracts.ts';
import type { RouteContracts } from './route-contract.ts';
import { SESSION_CONTRACTS } from './session-contracts.ts';

/** Every route of the REST API, as `ROUTE_RIGHTS` has them; a test says so. */
export const ROUTE_CONTRACTS: RouteContracts = { ...KONTASK_CONTRACTS, ...SESSION_CONTRACTS, ...ACCESS_CONTRACTS };
