# The server with its workers. What was tried of it: docs/operations.md.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY hubspot-project/lint/package.json hubspot-project/lint/
COPY hubspot-project/screens/package.json hubspot-project/screens/
# The embedded PostgreSQL is optional: with DATABASE_URL, as here, nobody starts it.
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY shared shared
COPY server server
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, so that SIGTERM reaches the program and not npm.
CMD ["node", "server/main.ts"]
