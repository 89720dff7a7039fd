# One static binary on an empty image, as a user without rights.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /entente ./cmd/entente && mkdir -p /data

FROM scratch
COPY --from=build /entente /entente
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV XDG_DATA_HOME=/data
EXPOSE 8080
ENTRYPOINT ["/entente"]
CMD ["serve", "--addr", "0.0.0.0:8080"]
