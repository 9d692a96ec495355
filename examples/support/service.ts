import {
  startService as start,
  type Received,
  type Script,
  type Service,
  type ServiceAnswer,
} from '@hdms/http-client/testing';

export type { Received, Service, ServiceAnswer };

const started: Service[] = [];

/** A scripted service for one example. It is closed when the example is over. */
export async function startService(script: Script<ServiceAnswer> = []): Promise<Service> {
  const service = await start(script);
  started.push(service);
  return service;
}

export async function closeServices(): Promise<void> {
  await Promise.all(started.splice(0).map(async (service) => service.close()));
}
