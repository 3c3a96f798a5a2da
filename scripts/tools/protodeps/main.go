// Command protodeps prints the .proto files that the suite's contract imports, taken from the Go modules that carry
// their descriptors, so that no third-party source is kept in the repository and versions follow go.mod.
//
// Usage: protodeps DIR. Files under google/protobuf are left out: the compiler carries them.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	_ "cloud.google.com/go/longrunning/autogen/longrunningpb"
	_ "google.golang.org/genproto/googleapis/api/annotations"
	_ "google.golang.org/genproto/googleapis/type/date"

	"github.com/jhump/protoreflect/desc"
	"github.com/jhump/protoreflect/desc/protoprint"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: protodeps DIR")
		os.Exit(64)
	}
	err := print(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "protodeps:", err)
		os.Exit(70)
	}
}

func print(dir string) error {
	var files []*desc.FileDescriptor
	var failed error
	protoregistry.GlobalFiles.RangeFiles(func(f protoreflect.FileDescriptor) bool {
		if !wanted(f.Path()) {
			return true
		}
		d, err := desc.WrapFile(f)
		if err != nil {
			failed = fmt.Errorf("%s: %w", f.Path(), err)
			return false
		}
		files = append(files, d)
		return true
	})
	if failed != nil {
		return failed
	}
	err := os.MkdirAll(filepath.Clean(dir), 0o755)
	if err != nil {
		return err
	}
	return (&protoprint.Printer{}).PrintProtosToFileSystem(files, dir)
}

func wanted(path string) bool {
	for _, prefix := range []string{"google/api/", "google/longrunning/", "google/rpc/", "google/type/", "buf/validate/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}
