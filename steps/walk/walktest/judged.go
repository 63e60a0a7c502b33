package walktest

import (
	"context"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// Judged is a computer on which a test says what checking signatures comes to, and which package code is registered.
type Judged struct {
	*Rig
	Code  string // registered for the agent; empty: it cannot be read; "=": the right one
	Signs func(path string) (computer.Signature, error)
}

func (j Judged) Signature(_ context.Context, f disk.File) (computer.Signature, error) {
	return j.Signs(f.Path())
}

func (j Judged) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := j.Rig.Products(ctx)
	for i := range ps {
		if ps[i].LocalPackage == `C:\Windows\Installer\7b5ea8.msi` && j.Code != "=" {
			ps[i].PackageCode = j.Code
		}
	}
	return ps, err
}

func Signed(state computer.SignState) computer.Signature {
	s := computer.Signature{State: state, Signer: "Contoso", Code: 0x80096010}
	if state == computer.SignTrusted || state == computer.SignTrustedOff {
		s.Signer, s.Code = "Microsoft Corporation", 0
	}
	return s
}

// OnlyPackages gives the same answer for every package, and trusts the installers.
func OnlyPackages(s computer.Signature, err error) func(string) (computer.Signature, error) {
	return func(path string) (computer.Signature, error) {
		if strings.HasSuffix(path, ".msi") {
			return s, err
		}
		return Signed(computer.SignTrusted), nil
	}
}
