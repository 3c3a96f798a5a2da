module github.com/kinerja-suite/kinerja/scripts/tools

go 1.26.0

require (
	buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go v1.36.12-20260825204119-511051f7f437.2
	github.com/jhump/protoreflect v1.19.0
	google.golang.org/genproto v0.0.0-20261019180522-ce908d29299b
	google.golang.org/genproto/googleapis/api v0.0.0-20261019180522-ce908d29299b
	google.golang.org/protobuf v1.36.12
)

require (
	github.com/golang-jwt/jwt/v5 v5.3.1 // indirect
	github.com/golang/protobuf v1.5.4 // indirect
	github.com/grpc-ecosystem/grpc-gateway/v2 v2.32.0 // indirect
	github.com/jhump/protoreflect/v2 v2.0.0-beta.1 // indirect
	github.com/oklog/ulid/v2 v2.1.2 // indirect
	go.einride.tech/aip v0.86.3 // indirect
	golang.org/x/net v0.61.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20261012220534-4341edf3f941 // indirect
	google.golang.org/grpc v1.85.0 // indirect
)

require (
	cloud.google.com/go/longrunning v1.3.0
	github.com/kinerja-suite/kinerja/proto v0.0.0
	github.com/kinerja-suite/kinerja/services/kit v0.0.0
)

replace (
	github.com/kinerja-suite/kinerja/proto => ../../proto
	github.com/kinerja-suite/kinerja/services/kit => ../../services/kit
)
