export type { Admission, AdmittedRequest } from './admission.ts';
export type { Config } from './config.ts';
export { createGateway, type Gateway, type GatewayDependencies } from './create-gateway.ts';
export type { AgentHost } from './host.ts';
export { HostClient } from './hosts/host-client.ts';
export type { Identity } from './identity.ts';
export {
  createWebSocketServer,
  type GatewaySockets,
  type WebSocketServerDependencies,
} from './sockets/create-web-socket-server.ts';
export type { AcceptedSocket, SocketRoute } from './sockets/socket-route.ts';
