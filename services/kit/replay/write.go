package replay

import (
	"context"
	"fmt"
	"sync/atomic"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// write is the part of a request in its transaction.
type write struct {
	log  *Log
	key  key
	hash string
	// committed is set when the key was committed with the effect, taken when another copy's was there.
	committed atomic.Bool
	taken     atomic.Bool
}

// insert runs first in every write transaction of the request, and again when one is repeated.
func (w *write) insert(ctx context.Context, tx *sqlkit.Tx) error {
	if w.committed.Load() {
		return nil
	}
	n, err := sqlkit.Affected(tx.ExecContext(ctx,
		`INSERT INTO request_log (tenant, caller, method, request_id, body_hash, create_time) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (tenant, caller, method, request_id) DO NOTHING`,
		w.key.tenant, w.key.caller, w.key.method, w.key.id, w.hash, sqlkit.Micros(w.log.clock.Now())))
	if err != nil {
		return fmt.Errorf("insert request: %w", err)
	}
	if n == 0 {
		w.taken.Store(true)
		return errTaken
	}
	tx.AfterCommit(func() { w.committed.Store(true) })
	return nil
}

// answerVersion is the first byte of a stored answer, so that an empty message is not taken for no answer.
const answerVersion = 1

// encode returns the bytes of an answer.
func encode(response proto.Message) ([]byte, error) {
	raw, err := proto.MarshalOptions{}.MarshalAppend([]byte{answerVersion}, response)
	if err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return raw, nil
}

// decode returns the answer of the method from its bytes.
func decode(fullMethod string, raw []byte) (proto.Message, error) {
	if raw[0] != answerVersion {
		return nil, fmt.Errorf("decode answer of %s: version %d", fullMethod, raw[0])
	}
	name := []byte(fullMethod[1:])
	for i, b := range name {
		if b == '/' {
			name[i] = '.'
		}
	}
	d, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(name))
	if err != nil {
		return nil, fmt.Errorf("decode answer of %s: %w", fullMethod, err)
	}
	method, ok := d.(protoreflect.MethodDescriptor)
	if !ok {
		return nil, fmt.Errorf("decode answer: %s is no method", fullMethod)
	}
	var kind protoreflect.MessageType
	kind, err = protoregistry.GlobalTypes.FindMessageByName(method.Output().FullName())
	if err != nil {
		kind = dynamicpb.NewMessageType(method.Output())
	}
	answer := kind.New().Interface()
	err = proto.Unmarshal(raw[1:], answer)
	if err != nil {
		return nil, fmt.Errorf("decode answer of %s: %w", fullMethod, err)
	}
	return answer, nil
}
