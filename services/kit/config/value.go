package config

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Bytes is a size in bytes, written as a number with an optional unit: 512, 64KiB, 4MiB, 1GiB.
type Bytes int64

var units = []struct {
	name string
	size int64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}

// ParseBytes reads a size.
func ParseBytes(s string) (Bytes, error) {
	size := int64(1)
	number := s
	for _, u := range units {
		before, ok := strings.CutSuffix(s, u.name)
		if ok {
			number, size = strings.TrimSpace(before), u.size
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/size {
		return 0, fmt.Errorf("%q is not a size such as 512, 64KiB or 4MiB", s)
	}
	return Bytes(n * size), nil
}

// String writes the size in the largest unit that divides it.
func (b Bytes) String() string {
	for _, u := range units[:3] {
		if b != 0 && int64(b)%u.size == 0 {
			return strconv.FormatInt(int64(b)/u.size, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(b), 10)
}

var (
	durationType = reflect.TypeFor[time.Duration]()
	bytesType    = reflect.TypeFor[Bytes]()
)

// set gives the field the value that the text stands for. Lists are parts with commas between them, maps parts of the
// form key=value.
func (f field) set(text string) error {
	v := f.value
	switch v.Type() {
	case durationType:
		d, err := time.ParseDuration(text)
		if err != nil {
			return fmt.Errorf("%q is not a duration such as 30s or 5m", text)
		}
		v.SetInt(int64(d))
		return nil
	case bytesType:
		b, err := ParseBytes(text)
		if err != nil {
			return err
		}
		v.SetInt(int64(b))
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%q is not true or false", text)
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil {
			return fmt.Errorf("%q is not a whole number", text)
		}
		v.SetInt(n)
	case reflect.Slice, reflect.Map:
		return f.setParts(split(text))
	default:
		return fmt.Errorf("fields of type %s are not supported", v.Type())
	}
	return nil
}

func split(text string) []string {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func (f field) setParts(parts []string) error {
	switch f.value.Interface().(type) {
	case []string:
		f.value.Set(reflect.ValueOf(parts))
		return nil
	case map[string]string:
		m := make(map[string]string, len(parts))
		for _, part := range parts {
			key, value, ok := strings.Cut(part, "=")
			if !ok || key == "" {
				return fmt.Errorf("%q is not of the form key=value", part)
			}
			m[key] = value
		}
		f.value.Set(reflect.ValueOf(m))
		return nil
	default:
		return fmt.Errorf("fields of type %s are not supported", f.value.Type())
	}
}

// setNode gives the field a value of a YAML file.
func (f field) setNode(node any) error {
	switch n := node.(type) {
	case nil:
		return errors.New("it has no value; remove the key to get the default")
	case []any:
		parts := make([]string, 0, len(n))
		for _, item := range n {
			_, nested := item.(map[string]any)
			if nested || item == nil {
				return errors.New("its items are not plain values")
			}
			parts = append(parts, fmt.Sprint(item))
		}
		if f.value.Kind() != reflect.Slice {
			return errors.New("it is not a list")
		}
		return f.setParts(parts)
	case map[string]any:
		parts := make([]string, 0, len(n))
		for k, item := range n {
			parts = append(parts, k+"="+fmt.Sprint(item))
		}
		if f.value.Kind() != reflect.Map {
			return errors.New("it is not a section")
		}
		return f.setParts(parts)
	default:
		if f.value.Kind() == reflect.Slice || f.value.Kind() == reflect.Map {
			return fmt.Errorf("it is %v, not a %s", n, f.value.Kind())
		}
		return f.set(fmt.Sprint(n))
	}
}

// text writes the value as set reads it.
func (f field) text() string {
	switch v := f.value.Interface().(type) {
	case []string:
		return strings.Join(v, ",")
	case map[string]string:
		parts := make([]string, 0, len(v))
		for _, k := range sortedKeys(v) {
			parts = append(parts, k+"="+v[k])
		}
		return strings.Join(parts, ",")
	default:
		return fmt.Sprint(v)
	}
}
