package msi

import (
	"bytes"
	"testing"
)

// FuzzRead: whatever the bytes, an identity without an error has a package code of the right shape that no other reader
// of storages reads otherwise, reading does not depend on what lies behind the claimed size, and a second reading says
// the same.
func FuzzRead(f *testing.F) {
	whole := fixture(f, "testdata/agent.msi")
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(fixture(f, "testdata/large.msi.gz")[:64<<10])
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := read(b)
		if err == nil {
			if code, ok := firstGUID(got.PackageCode); !ok || code != got.PackageCode {
				t.Fatalf("package code %q", got.PackageCode)
			}
			if other, ok := otherReader(b); ok && other != got.PackageCode {
				t.Fatalf("package code %s, another reader finds %s", got.PackageCode, other)
			}
		} else if got != (Identity{}) {
			t.Fatalf("an error with %+v: %v", got, err)
		}
		longer := append(bytes.Clone(b), bytes.Repeat([]byte{0xA5}, 5000)...)
		again, err2 := Read(bytes.NewReader(longer), int64(len(b)))
		if again != got || (err == nil) != (err2 == nil) {
			t.Fatalf("%+v, %v; with more behind it %+v, %v", got, err, again, err2)
		}
	})
}
