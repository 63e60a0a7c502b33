package winmachine

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
)

const (
	guidLen        = 38
	mostBadIndexes = 64 // registrations that cannot even be listed, before the rest is given up
)

// lists are gone through by index: those of Windows Installer, whose every call has to come from one thread, and what
// the registry lists beside them.
type lists struct {
	product func(user *uint16, index uint32) (registration, error)
	patch   func(r registration, index uint32) (code string, err error)
	codes   func() ([]string, error)
}

// realLists are those of this computer.
var realLists = lists{product: registrationAt, patch: patchAt, codes: registeredCodes}

// registrations enumerates by index until Windows Installer says that there are no more. A corrupt one spoils only its
// own index.
func (l lists) registrations(ctx context.Context, sid string) ([]registration, error) {
	var list []registration
	var user *uint16
	if sid != "" {
		user = wide(sid)
	}
	bad := 0
	for index := uint32(0); ; index++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r, err := l.product(user, index)
		switch {
		case err == nil:
			list = append(list, r)
		case errors.Is(err, windows.ERROR_NO_MORE_ITEMS):
			return l.addUnlisted(list)
		case index == 0 && !errors.Is(err, windows.ERROR_BAD_CONFIGURATION):
			return nil, err
		default:
			if bad++; bad == mostBadIndexes {
				return l.addUnlisted(list)
			}
		}
	}
}

func registrationAt(user *uint16, index uint32) (registration, error) {
	var code [guidLen + 1]uint16
	var r registration
	sid := make([]uint16, 256) // longer than any SID
	n := uint32(len(sid))
	if err := msiEnumProductsEx(nil, user, contextAll, index, &code[0], &r.context, &sid[0], &n); err != nil {
		return registration{}, err
	}
	r.code, r.sid = windows.UTF16ToString(code[:]), windows.UTF16ToString(sid)
	return r, nil
}

// addUnlisted adds the products of the machine that the registry has and Windows Installer did not list: that a product
// is not registered is never concluded from one enumeration alone.
func (l lists) addUnlisted(list []registration) ([]registration, error) {
	codes, err := l.codes()
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, r := range list {
		have[strings.ToUpper(r.code)] = true
	}
	for _, code := range codes {
		if !have[code] {
			list = append(list, registration{code: code, context: contextMachine})
		}
	}
	return list, nil
}

// patchesOf lists the patches that are registered for a product, superseded ones too: Windows Installer opens all of
// them.
func (l lists) patchesOf(r registration) ([]computer.Patch, error) {
	var list []computer.Patch
	for index := uint32(0); ; index++ {
		code, err := l.patch(r, index)
		if errors.Is(err, windows.ERROR_NO_MORE_ITEMS) || errors.Is(err, windows.ERROR_UNKNOWN_PRODUCT) {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		list = append(list, patchOf(r, code))
	}
}

func patchAt(r registration, index uint32) (code string, err error) {
	var patch [guidLen + 1]uint16
	err = msiEnumPatchesEx(wide(r.code), r.user(), r.context, patchStateAll, index, &patch[0], nil, nil, nil, nil)
	return windows.UTF16ToString(patch[:]), err
}
