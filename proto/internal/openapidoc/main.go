// Command openapidoc turns the merged output of protoc-gen-openapiv3, read from standard input, into the document that
// the suite publishes, written to standard output.
//
// The generator names each wildcard of a path template after the field that it fills (`{name}`, `{name_1}`), so that
// one path appears under several spellings; it does not describe errors; and it knows nothing of the
// access option. openapidoc names path parameters after the resource patterns, joins equal paths, describes errors as
// the Problem of openapi.base.json, and writes the access of each operation as `x-access`. The output is
// byte-stable.
//
// It does not merge documents: that is openapiv3-merge.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	err := run(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "openapidoc:", err)
		os.Exit(1) //nolint:forbidigo // this is main
	}
}

func run(in io.Reader, out io.Writer) error {
	var doc document
	dec := json.NewDecoder(in)
	dec.UseNumber()
	dec.DisallowUnknownFields()
	err := dec.Decode(&doc)
	if err != nil {
		return fmt.Errorf("read the merged document: %w", err)
	}
	ops, err := operations()
	if err != nil {
		return err
	}
	err = finish(&doc, ops)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}
