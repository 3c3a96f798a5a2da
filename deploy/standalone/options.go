package standalone

import (
	"errors"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

// Options are what a process chooses. Data, HTTP, GRPC and Logger are required.
type Options struct {
	// Data is the directory of everything that is kept; it is made when it is missing.
	Data string
	// HTTP and GRPC are the addresses to listen on; port 0 takes a free one.
	HTTP, GRPC string
	// Ops is the address of metrics; empty for none.
	Ops string
	// Logger takes what operators should know.
	Logger *slog.Logger
	// Bus may put something between a service and its streams; for tests of crashes.
	Bus func(service string, js jetstream.JetStream) jetstream.JetStream
	// Plans and Facts may put something between scoring and what it reads; for tests of what no service delivers yet.
	Plans func(planningv1.InputServiceClient) planningv1.InputServiceClient
	Facts func(assessmentv1.InputServiceClient) assessmentv1.InputServiceClient
}

func (o Options) validate() error {
	if o.Data == "" || o.HTTP == "" || o.GRPC == "" || o.Logger == nil {
		return errors.New("standalone: Data, HTTP, GRPC and Logger are required")
	}
	return nil
}
