package practice

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"sync"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// The packages are real ones, built from the recipes beside them.
var (
	//go:embed packages/obsagent.msi
	agentPackage string
	//go:embed packages/other.msi
	otherPackage string
	//go:embed packages/unsigned.msi
	unsignedPackage string
	//go:embed packages/runtime.msi
	runtimePackage string
	//go:embed packages/monitor.msi
	monitorPackage string
)

// The patches are made, and count as signed like the packages. They are made when a practice computer first wants them:
// no other command has to wait for it.
var (
	registeredPatch = sync.OnceValue(Patch{Code: patchCode, Targets: []string{agentProduct}, Title: "KB5012345"}.Bytes)
	hotfix          = sync.OnceValue(Patch{Code: hotfixCode, Targets: []string{agentProduct}, Title: "KB4487102"}.Bytes)
	newPatch        = sync.OnceValue(Patch{Code: newPatchCode, Targets: []string{agentProduct},
		Title: newVersion}.Bytes)
)

// signer is who signed what counts as signed here.
const signer = "Microsoft Corporation"

// headOf is how much of a changed file has to be as in a signed one for it to count as tampered with: the header sector
// of a storage, and the headers of the installer.
const headOf = 512

// Results of WinVerifyTrust, as Windows names them (winerror.h).
const (
	trustNoSignature = 0x800B0100
	trustBadDigest   = 0x80096010
)

// Signature answers from the file's content: the packages that count as signed and the update installer are known by
// their bytes; a file of the same length and head as one of them was changed after signing; anything else is not
// signed.
func (m *Machine) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	none := computer.Signature{State: computer.SignNone, Code: trustNoSignature}
	own, err := m.installer()
	if err != nil {
		return none, err
	}
	info, err := f.Info()
	if err != nil {
		return none, err
	}
	signed := []string{string(own), systemProgram(), agentPackage, otherPackage, runtimePackage, monitorPackage,
		string(registeredPatch()), string(hotfix()), string(newPatch())}
	sameSize := signed[:0]
	for _, s := range signed {
		if int64(len(s)) == info.Size {
			sameSize = append(sameSize, s)
		}
	}
	if len(sameSize) == 0 {
		return none, ctx.Err()
	}
	content := make([]byte, info.Size)
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, info.Size), content); err != nil {
		return none, fmt.Errorf("check the signature of \"%s\": %w", f.Path(), err)
	}
	return judgeContent(string(content), sameSize), ctx.Err()
}

// judgeContent compares a file with signed ones of the same length.
func judgeContent(content string, signed []string) computer.Signature {
	result := computer.Signature{State: computer.SignNone, Code: trustNoSignature}
	for _, s := range signed {
		if content == s {
			return computer.Signature{State: computer.SignTrusted, Signer: signer}
		}
		if content[:headOf] == s[:headOf] {
			result = computer.Signature{State: computer.SignBroken, Signer: signer, Code: trustBadDigest}
		}
	}
	return result
}
