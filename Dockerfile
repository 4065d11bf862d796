# The controller, and the simulated clusters of `dist/firmware-sim`. Debian, because ffmpeg and espeak-ng come from it.
ARG NODE_IMAGE=node:20-bookworm

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.base.json tsconfig.build.json tsconfig.build.protocol.json ./
COPY scripts scripts
COPY controller controller
COPY firmware-sim firmware-sim
COPY dashboard dashboard
RUN npm run build
RUN npm prune --omit=dev --no-audit --no-fund

FROM ${NODE_IMAGE}-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg espeak-ng \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# Only these belong to the user that runs it; the program itself it cannot change.
RUN install -d -o node -g node /data /simulator
ENV NODE_ENV=production \
  NODE_OPTIONS=--enable-source-maps \
  LOA_DATA_DIR=/data \
  LOA_HTTP_HOST=0.0.0.0 \
  LOA_HTTP_PORT=8080 \
  LOA_MQTT_HOST=0.0.0.0 \
  LOA_MQTT_PORT=1883
USER node
VOLUME ["/data"]
EXPOSE 8080 1883
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LOA_HTTP_PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/controller/main.js"]
