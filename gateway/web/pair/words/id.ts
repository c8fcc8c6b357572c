import type { PairWords } from './index.ts'

export const words: PairWords = {
	steps: [
		'Buka WhatsApp di ponsel',
		'Buka Pengaturan, lalu Perangkat tertaut',
		'Ketuk Tautkan perangkat dan arahkan ponsel ke kode ini',
	],
	qrAlt: 'Kode QR yang menautkan ponsel. Tanpa kamera, ketikkan kode sebagai gantinya.',
	asking: 'Meminta kode dari WhatsApp…',
	slow: 'WhatsApp belum mengirim kode.',
	slowAdvice: 'Tunggu sebentar atau coba lagi.',
	tryAgain: 'Coba lagi',
	nextCode: (seconds) => `Kode baru muncul dalam ${seconds} dtk`,
	phoneNumber: 'Nomor telepon',
	phoneHint: 'Dengan kode negara: +62 812 3456 7890',
	getCode: 'Dapatkan kode',
	newCode: 'Kode baru',
	copy: {
		copy: 'Salin',
		copied: 'Disalin',
		selected: 'Dipilih: tekan Ctrl+C',
	},
	typeIt: (minutes) =>
		`Di ponsel: Perangkat tertaut, Tautkan perangkat, Tautkan dengan nomor telepon. Berlaku selama ${minutes} menit.`,
	fullList:
		'Jika ponsel tidak dapat menautkan perangkat lagi: WhatsApp mengizinkan empat. Hapus satu di Perangkat tertaut.',
	title: 'Hubungkan WhatsApp Anda',
	loading: 'Memuat…',
	howToLink: 'Cara menautkan',
	ways: {
		qr: 'Pindai kode QR',
		code: 'Ketik kode',
	},
	connected: 'Terhubung. Anda dapat menutup halaman ini. Biarkan WhatsApp tetap ada di ponsel.',
	finishing: 'Menyelesaikan di ponsel…',
	notLive: 'Tidak terhubung: mencoba menyambung lagi…',
	passkeyStep: {
		titles: {
			challenge: 'WhatsApp meminta kunci sandi',
			waiting: 'Menunggu ponsel…',
			confirm: 'Bandingkan kode',
			finishing: 'Menyelesaikan di ponsel…',
		},
		hints: {
			challenge:
				'Konfirmasikan dengan kunci sandi nomor ini dalam lima menit. Biarkan WhatsApp terbuka di ponsel; perangkat tertaut paling banyak tiga.',
			waiting: 'Biarkan WhatsApp terbuka di ponsel. Proses berlanjut dalam dua menit.',
			confirm: 'Bandingkan kode ini dengan kode di ponsel.',
			finishing: 'Ponsel sedang menautkan perangkat. Biarkan WhatsApp terbuka.',
		},
		failed: () =>
			'Penautan dengan kunci sandi gagal. Tunggu beberapa menit, lalu mulai dengan kode QR baru.',
		newQr: 'Kode QR baru',
		timeLeft: (time) => `Sisa waktu: ${time}`,
		same: 'Ponsel menampilkan kode yang sama',
		other: 'Kodenya berbeda',
		doNotConfirm:
			'Jangan konfirmasikan: mungkin ada pihak lain di antara Anda dan WhatsApp. Penautan berakhir dengan sendirinya.',
		helper: 'Jika pembantu kunci sandi gateway ini terpasang di peramban ini:',
		byHelper: 'Buka WhatsApp Web',
		byExtension: 'Konfirmasi di WhatsApp Web',
		withoutExtension: 'Konfirmasi tanpa ekstensi',
		extension: 'Ekstensi dari pembuat lain menghemat langkah-langkah ini:',
		extensionSays: (text) => `Kata ekstensi: ${text}`,
		byHand: [
			'Di komputer, buka halaman ini, alat pengembangnya (F12), lalu konsolnya:',
			'Salin baris-baris ini dan tempelkan di sana. Peramban mungkin meminta izin.',
			'Tekan tombol yang muncul di sana, lalu pilih kunci sandi nomor ini.',
			'Kembali ke sini dan tempelkan jawabannya.',
		],
		lines: 'Baris untuk konsol',
		answer: 'Jawaban peramban',
		send: 'Kirim jawaban',
		incomplete: 'Jawaban ini tidak lengkap. Salin sekali lagi.',
	},
	consent: (until, who) =>
		`Berlaku sekali, sampai ${until}. Setelah itu ${who ?? 'pengirimnya'} dapat membaca dan mengirim pesan dengan WhatsApp Anda. Anda dapat membatalkannya kapan saja: Perangkat tertaut di ponsel.`,
	servedBy: (host) => `Disajikan oleh ${host}`,
	endings: {
		linked: 'Ponsel sudah ditautkan dengan tautan ini.',
		expired: 'Tautan ini sudah kedaluwarsa.',
		revoked: 'Tautan ini telah ditarik.',
		used_up: 'Terlalu banyak kode diminta dengan tautan ini.',
		gone: 'Tautan ini tidak berlaku lagi.',
		elsewhere: 'Tautan ini sudah dibuka di perangkat lain.',
	},
	askForNew: (who) => `Minta yang baru kepada ${who ?? 'pengirimnya'}.`,
	problems: {
		incomplete: 'Tautan ini tidak lengkap. Buka sekali lagi.',
		unreachable: 'Server tidak menjawab.',
		connected: 'Nomor ini sudah terhubung di sini.',
		number: 'WhatsApp tidak menerima nomor telepon ini. Tulis dengan kode negaranya.',
		noCode: 'WhatsApp belum mengirim kode.',
		tooOften: 'Terlalu sering. Tunggu sebentar, lalu coba lagi.',
		failed: 'Tidak berhasil. Coba lagi nanti.',
	},
}
