import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

import { csrfHeader, sessionCookie } from '../http/presented.js';

const about = `Case referral for children at risk in Cambodia: every change is an event, every deadline is kept, every
hand-over is answered.

A refused command says everything that is missing at once, in English and Khmer. \`ETag\` carries the version of a case;
sent back as \`If-Match\` it makes a change hold only for what the caller saw. \`Idempotency-Key\` makes a request that is
sent twice happen once.`;

/** OpenAPI 3.1, made from the routes themselves. */
export function describe(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Spean')
    .setDescription(about)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', description: 'Token of a session, or key of a service account' }, 'bearer')
    .addCookieAuth(sessionCookie, { type: 'apiKey', in: 'cookie', description: 'Session of a browser' }, 'cookie')
    .addApiKey({ type: 'apiKey', in: 'header', name: csrfHeader, description: 'With the cookie, for changes' }, 'csrf')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements({ cookie: [], csrf: [] })
    .build();
  return SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
}

/** `/openapi.json`, and a page to read it at `/docs`, served from here and nowhere else. */
export function publishDescription(app: INestApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Spean: interface',
    swaggerOptions: { validatorUrl: null, persistAuthorization: false },
  });
}
